//! stub
pub const SEED: u64 = 1;
pub struct A {
    pub role: &'static str,
    pub email: String,
    pub password: String,
}
pub struct Demo {
    pub accounts: Vec<A>,
}
pub async fn fill(_: &super::Context, _: u64) -> Result<Demo, super::ServiceError> {
    Ok(Demo { accounts: vec![] })
}
