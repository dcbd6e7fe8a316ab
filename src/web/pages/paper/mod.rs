//! Pages of the section `paper`: blank forms, notices and the authorisation, to be
//! printed and signed. What they ask is `registering`'s, what they say the catalogue's.

pub mod list;
pub mod view;
