//! stub
#[derive(clap::Args)]
pub struct Args {}
pub async fn run(
    _: &crate::services::Context,
    _: crate::catalogue::Words,
    _: Args,
) -> anyhow::Result<std::process::ExitCode> {
    anyhow::bail!("stub")
}
