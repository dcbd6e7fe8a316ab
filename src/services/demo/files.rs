//! Two files that the demo's operator handed in and has not loaded: one with the
//! desk's own headers, one that was tried and has faults. Nobody in them exists.

use crate::domain::account::Actor;
use crate::services::tables::Kind;
use crate::services::uploads::work::work;
use crate::services::uploads::{self, File, HandInError};
use crate::services::{Context, ServiceError};

const OWN_HEADERS: &str = "Nome;Cognome;Sesso;Cell.;Residenza;Note\r\n\
    Prova;Del Foglio;f;333 555 01 77;Grosseto;chiamare la sera\r\n\
    Esempia;Inventata;f;333 555 01 78;Scansano;\r\n";

const WITH_FAULTS: &str = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\r\n\
    Finta,Del Foglio,f,333 555 01 79,Grosseto,15,hourly,grosseto\r\n\
    Esempia,Sbagliata,f,333 555 01 80,Groseto,15,hourly,grosseto\r\n\
    Inventato,Del Foglio,m,333 555 01 81,Roccastrada,molti,hourly,grosseto\r\n";

pub(super) async fn hand_in(context: &Context, operator: &Actor) -> Result<(), ServiceError> {
    for (name, text) in [
        ("elenco-dello-sportello.csv", OWN_HEADERS),
        ("persone.csv", WITH_FAULTS),
    ] {
        let file = File {
            kind: Kind::Workers,
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let kept = uploads::hand_in(context, operator, file, |_| Vec::new()).await;
        kept.map_err(|error| match error {
            HandInError::Service(error) => error,
            HandInError::File(error) => ServiceError::Broken(error.to_string()),
        })?;
    }
    work(context).await?;
    Ok(())
}
