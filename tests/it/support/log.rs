//! Made-up years of the access log, put into the database directly.

use chrono::{Days, NaiveDate};
use dom::domain::access::{Access, Began, Channel, EntryKey, Residence};
use dom::domain::country::Country;
use dom::domain::ids::DeskCode;
use dom::domain::permit::PermitType;
use dom::domain::place::Comune;
use dom::storage::{self, Db};

use crate::matching::dice::Dice;

/// An access of Grosseto on a day of the year, said by nobody in particular.
pub fn access(year: i32, day: u64) -> Access {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    Access {
        reference: None,
        date: first + Days::new(day),
        desk: DeskCode::parse("grosseto").unwrap(),
        channel: Channel::FrontDesk,
        first_access: false,
        sex: Some("f".to_owned()),
        age_band: Some("31_40".to_owned()),
        citizenship: Country::by_alpha2("AL"),
        comune: Comune::by_istat("053011").map(Residence::Comune),
        permit_type: None,
        referred_by: None,
        reason: "residence_permit".to_owned(),
        activation: Vec::new(),
        accompaniment: Began::Nothing,
        mediation: None,
    }
}

/// So many accesses of each desk: common codes, and some hardly ever met.
pub fn year(dice: &mut Dice, year: i32, (grosseto, follonica): (usize, usize)) -> Vec<Access> {
    let rare = |dice: &mut Dice, codes: &[&str]| {
        let at = (0..3).map(|_| dice.below(codes.len())).min().unwrap();
        codes[at].to_owned()
    };
    let mut all = Vec::new();
    for (desk, count) in [("grosseto", grosseto), ("follonica", follonica)] {
        for _ in 0..count {
            let mut one = access(year, u64::try_from(dice.below(365)).unwrap());
            one.desk = DeskCode::parse(desk).unwrap();
            one.channel = Channel::ALL[dice.below(3).min(dice.below(3))];
            one.first_access = dice.chance(20);
            one.sex = dice
                .chance(90)
                .then(|| rare(dice, &["f", "m", "unknown", "other"]));
            one.age_band = Some(rare(dice, &["31_40", "21_30", "41_50", "gt60", "lt18"]));
            let country = rare(dice, &["AL", "MA", "RO", "UA", "SN", "IT", "PE", "TV"]);
            one.citizenship = Country::by_alpha2(&country);
            let comune = rare(
                dice,
                &["053011", "053009", "053023", "053015", "053012", "058091"],
            );
            one.comune = Comune::by_istat(&comune).map(Residence::Comune);
            let permit = rare(dice, &["eu_citizen", "italian_citizen", "eu_long_term"]);
            one.permit_type = PermitType::by_code(&permit);
            one.reason = rare(dice, &["residence_permit", "housing", "discrimination"]);
            one.activation = vec![rare(dice, &["information", "orientation", "legal_advice"])];
            one.mediation = dice.chance(30).then(|| dice.chance(20));
            all.push(one);
        }
    }
    all
}

/// Stores them; every one gets a key of its own.
pub async fn store(db: &Db, accesses: Vec<Access>) {
    let write = db.write().await.unwrap();
    let mut dice = Dice::new(u64::try_from(accesses.len()).unwrap() ^ 0x00C0_FFEE);
    let mut taken = storage::accesses::years(&*write).await.unwrap().len() as u64;
    let mut entries = Vec::new();
    for access in accesses {
        taken += 1;
        let mut key = [0; 16];
        key[..8].copy_from_slice(&dice.roll().to_le_bytes());
        key[8..].copy_from_slice(&(dice.roll() ^ taken).to_le_bytes());
        entries.push((EntryKey::new(key), access));
    }
    for piece in entries.chunks(storage::rows::CHUNK) {
        storage::accesses::insert_many(&*write, piece)
            .await
            .unwrap();
    }
    write.commit().await.unwrap();
}
