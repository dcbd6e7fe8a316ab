//! Comuni by code and by name, those that are no more, and distances.

use dom::domain::place::{Comune, PlaceError, Zone, distance_m, zone_of, zones};

fn found(text: &str) -> Comune {
    let (comune, ceased) = Comune::parse(text).unwrap();
    assert_eq!(ceased, None, "{text:?}");
    comune
}

#[test]
fn a_comune_is_found_by_code_by_name_and_by_name_with_its_province() {
    let grosseto = found("053011");
    assert_eq!((grosseto.name(), grosseto.province()), ("Grosseto", "GR"));
    assert_eq!(found("Grosseto"), grosseto);
    assert_eq!(found(" Grosseto (GR) "), grosseto);
    assert_eq!(found("53011"), grosseto, "a spreadsheet ate the zero");
    assert_eq!(found("Castro (BG)").istat(), "016065");
    assert_ne!(found("Castro (BG)"), found("Castro (LE)"));
    assert_eq!(grosseto.landmass(), "mainland");
    assert_eq!(found("Isola del Giglio").landmass(), "giglio");
}

#[test]
fn a_name_that_exists_twice_lists_its_candidates() {
    let error = Comune::parse("Castro").unwrap_err();
    let PlaceError::Ambiguous { name, candidates } = error else {
        panic!("{error:?}");
    };
    let names: Vec<String> = candidates.iter().map(|one| one.unique_name()).collect();
    assert_eq!(name, "Castro");
    assert_eq!(names, ["Castro (BG)", "Castro (LE)"]);
}

#[test]
fn what_is_no_comune_is_refused() {
    for text in [
        "Groseto",
        "",
        "999999",
        "Grosseto (LI)",
        "grosseto",
        "1234567",
    ] {
        let unknown = PlaceError::Unknown(text.to_owned());
        assert_eq!(Comune::parse(text), Err(unknown), "{text:?}");
    }
}

#[test]
fn an_old_code_or_name_names_the_new_one() {
    for (old, name) in [
        ("111107", "Villaspeciosa"),
        ("Ionadi", "Jonadi"),
        ("Ionadi (VV)", "Jonadi"),
        ("Tripi", "Tripi - Abakainon"),
        ("Murisengo", "Murisengo Monferrato"),
    ] {
        let error = Comune::parse(old).unwrap_err();
        let PlaceError::Renamed { old: said, now } = error else {
            panic!("{old:?}: {error:?}");
        };
        assert_eq!((said.as_str(), now.name()), (old, name));
    }
    let error = Comune::parse("Castegnero Nanto").unwrap_err();
    assert!(matches!(error, PlaceError::NotYetCoded { .. }), "{error:?}");
}

#[test]
fn a_ceased_comune_that_is_still_in_the_table_is_taken_with_a_warning() {
    for text in ["Lirio", "018082"] {
        let (comune, ceased) = Comune::parse(text).unwrap();
        let ceased = ceased.unwrap();
        assert_eq!(comune.name(), "Lirio");
        assert_eq!(ceased.on.to_string(), "2026-01-31");
    }
    let (_, ceased) = Comune::parse("Nanto").unwrap();
    assert!(ceased.unwrap().note.contains("Castegnero Nanto"));
}

#[test]
fn every_comune_reads_back_by_its_unique_name() {
    assert_eq!(Comune::all().count(), Comune::count());
    for comune in Comune::all() {
        assert_eq!(Comune::parse(&comune.unique_name()).unwrap().0, comune);
        assert_eq!(Comune::parse(comune.istat()).unwrap().0, comune);
    }
}

#[test]
fn distances_are_symmetric_in_hundreds_and_nought_at_home() {
    let comuni: Vec<Comune> = Comune::all().step_by(97).collect();
    for (i, a) in comuni.iter().enumerate() {
        assert_eq!(distance_m(*a, *a), 0);
        for b in &comuni[i + 1..] {
            assert_eq!(distance_m(*a, *b), distance_m(*b, *a));
            assert_eq!(distance_m(*a, *b) % 100, 0);
        }
    }
}

#[test]
fn the_zones_hold_the_comuni_of_the_province_once_each() {
    let sizes: Vec<usize> = zones().iter().map(|zone| zone.comuni().len()).collect();
    assert_eq!(sizes, [6, 8, 6, 9, 0]);
    assert_eq!(zones().last().unwrap().id(), Zone::OTHER);
    assert_eq!(zone_of(found("Grosseto")).id(), "zona_grossetana");
    assert_eq!(zone_of(found("Milano")).id(), Zone::OTHER);
    let of_province = Comune::all().filter(|comune| comune.province() == "GR");
    assert!(
        of_province
            .into_iter()
            .all(|comune| zone_of(comune).id() != Zone::OTHER)
    );
}
