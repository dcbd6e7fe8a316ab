//! What somebody of a desk arranges for their own work: filters of the lists under a name,
//! and the tour.

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

fn cast() -> Cast {
    Cast::on(today())
        .worker("W-1", &[])
        .worker("W-2", &[("status", "paused")])
        .worker(
            "W-3",
            &[("given_name", "Aprile"), ("family_name", "Grosseto")],
        )
        .request("R-1", &[])
}

/// Keeps what narrows a list, under a name.
async fn keep(browser: &mut Browser, list: &str, name: &str, shared: &str) -> Page {
    let seen = browser.get(list).await;
    let form = browser.click(&seen, "Salva questo filtro").await;
    let form = form.form("/filters/new");
    let form = form.fill("name", name).fill("shared", shared);
    browser.submit(&form, "Salva questo filtro").await
}

#[test]
fn a_filter_is_kept_under_a_name_shared_and_taken_away_by_its_owner_alone() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut owner = site.signed_in("operator").await;
            let plain = owner.get("/workers").await;
            assert!(!plain.main().contains("Salva questo filtro"));
            // A search with a filter: the filter is kept, its words are not.
            let fields = [("words", "inventata"), ("status", "paused")];
            let led = owner.post("/workers/search", &fields).await;
            let found = owner.follow(&led).await;
            let form = owner.click(&found, "Salva questo filtro").await;
            let main = form.main();
            assert!(main.contains("Le parole cercate non si salvano mai"));
            assert_eq!(form.texts("main dd")[1], "In pausa", "{main}");
            let form = form.form("/filters/new");
            let form = form.fill("name", "Chi è fermo").fill("shared", "desk");
            let saved = owner.submit(&form, "Salva questo filtro").await;
            let all = owner.follow(&saved).await;
            assert_eq!(all.notice(), "Il filtro è salvato.");
            let rows = site.rows("saved_filters").await;
            assert_eq!(rows.len(), 1);
            assert!(!rows[0].to_lowercase().contains("inventata"), "{rows:?}");

            let list = owner.get("/workers").await;
            let narrowed = owner.click(&list, "Chi è fermo").await;
            let names = narrowed.texts("tbody th[scope=row]");
            assert_eq!(names, ["Inventatac Zoe"]);
            let current = narrowed.texts("main [aria-current=true]");
            assert_eq!(current, ["Chi è fermo"]);
            assert!(!narrowed.main().contains("Salva questo filtro"), "it is");

            // What could lead to a person, or is there already, comes back.
            let open = "/requests?status=open";
            for (name, told) in [
                ("", "Scrivere un nome per il filtro"),
                ("Come Inventatac", "qualcuno che si chiama “inventatac”"),
                ("Elsa", "qualcuno che si chiama “elsa”"),
                ("333 1234567", "Qui non va un numero di telefono"),
            ] {
                let page = keep(&mut owner, open, name, "own").await;
                assert_eq!(page.status, 422, "{name}");
                assert!(page.title().starts_with("Errore: "), "{name}");
                let error = page.texts("#name-error").join(" ");
                assert!(error.contains(told), "{name}: {error}");
                assert_eq!(page.form("/filters/new").value("name"), name);
            }
            assert_eq!(keep(&mut owner, open, "Aperte", "all").await.status, 303);
            // Somebody is called so, and nobody thinks of them.
            let paused = "/requests?status=paused";
            let ordinary = keep(&mut owner, paused, "Grosseto, da aprile", "own").await;
            assert_eq!(ordinary.status, 303, "{}", ordinary.main());
            let families = "/families?desk=grosseto";
            assert_eq!(keep(&mut owner, families, "Qui", "own").await.status, 303);
            let taken = keep(&mut owner, "/requests?status=filled", "Aperte", "own").await;
            assert_eq!(taken.status, 422);
            assert!(taken.main().contains("C’è già un filtro con questo nome"));
            let nothing = [("list", "workers"), ("name", "x"), ("shared", "own")];
            let nothing = owner.post("/filters/new", &nothing).await;
            assert_eq!(nothing.status, 422);
            assert!(nothing.main().contains("Non c’è nessuna scelta da salvare"));
            let unknown = owner.post("/filters/new", &[("list", "sheets")]).await;
            assert_eq!(unknown.status, 404);

            // Whom it is shared with sees it, and takes nothing away.
            let mut colleague = site.operator_of("grosseto", "collega").await;
            let mut elsewhere = site.operator_of("follonica", "altrove").await;
            let list = colleague.get("/workers").await;
            let narrowed = colleague.click(&list, "Chi è fermo (operator)").await;
            assert_eq!(narrowed.texts("tbody th[scope=row]").len(), 1);
            let seen = colleague.get("/filters").await;
            assert!(seen.texts("main form").is_empty(), "{}", seen.main());
            assert_eq!(seen.texts("tbody tr").len(), 2, "{}", seen.main());
            let seen = elsewhere.get("/filters").await;
            assert_eq!(seen.texts("tbody th"), ["Aperte"]);
            let remove = all.attributes("main form", "action")[0].clone();
            for other in [&mut colleague, &mut elsewhere] {
                assert_eq!(other.post(&remove, &[]).await.status, 404);
            }

            let own = owner.get("/filters").await;
            assert_eq!(own.texts("tbody tr").len(), 4);
            let gone = owner.submit(&own.form(&remove), "Togli Chi è fermo").await;
            let left = owner.follow(&gone).await;
            assert_eq!(left.notice(), "Il filtro è tolto.");
            assert!(!left.main().contains("Chi è fermo"));
            let list = colleague.get("/workers").await;
            assert!(!list.main().contains("Chi è fermo"));
        }
    });
}

#[test]
fn a_new_operator_is_led_through_the_service_until_they_say_enough() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let home = browser.get("/").await;
        assert_eq!(home.texts(".dom-tour").len(), 1);
        let tour = browser.click(&home, "Giro guidato").await;
        assert_eq!(tour.heading(), "Giro guidato");
        assert!(tour.main().contains("dom demo"), "where to practise");
        let ways = tour.attributes("main ol a", "href");
        assert_eq!(ways.len(), 10);
        for way in ways {
            let page = browser.get(&way).await;
            assert_eq!(page.status, 200, "{way}");
            let back = page.attributes(".dom-footer a[href='/tour']", "href");
            assert_eq!(back.len(), 1, "{way} has the way back");
        }
        let enough = tour.form("/tour/done");
        let done = browser.submit(&enough, "Non proporlo più").await;
        let home = browser.follow(&done).await;
        assert!(home.texts(".dom-tour").is_empty(), "{}", home.main());
        assert_eq!(browser.get("/tour").await.status, 200, "it stays");
        // Said twice, as with Back: no harm.
        let twice = browser.submit(&enough, "Non proporlo più").await;
        assert_eq!(twice.status, 303);
        let other = site.signed_in("administrator").await.get("/").await;
        assert_eq!(other.texts(".dom-tour").len(), 1, "each says it alone");
        let reader = site.signed_in("reader").await.get("/").await;
        assert!(reader.texts(".dom-tour").is_empty());
    });
}
