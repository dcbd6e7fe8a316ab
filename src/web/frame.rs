//! What stands around a page: `templates/layout.html` is filled from it.

/// A link in the navigation or the foot.
#[derive(Debug, Clone)]
pub struct Link {
    pub href: String,
    pub label: String,
    /// Whether it leads to where the reader is.
    pub current: bool,
}

/// See the module's words.
#[derive(Debug, Clone)]
pub struct Frame {
    pub owner: String,
    /// The name of the account, where somebody is signed in.
    pub user: Option<String>,
    pub navigation: Vec<Link>,
    pub footer: Vec<Link>,
    pub demo: bool,
    /// Whether a form came back: the title says so first.
    pub refused: bool,
    /// Something that was done.
    pub notice: Option<String>,
    /// This page's address, to come back to after choosing a language.
    pub back: String,
    /// The other languages of the screens: tag and own name.
    pub languages: Vec<(&'static str, String)>,
}

impl Frame {
    /// The address of a static file.
    #[allow(clippy::unused_self, reason = "templates call it on the frame")]
    pub fn asset(&self, path: &str) -> String {
        super::assets::address(path)
    }

    /// The same for a form that came back.
    #[must_use]
    pub fn refused(mut self) -> Self {
        self.refused = true;
        self
    }

    /// The same for a form that came back where something is wrong with it.
    #[must_use]
    pub fn refused_if(self, wrong: bool) -> Self {
        if wrong { self.refused() } else { self }
    }

    /// The same with something that was done.
    #[must_use]
    pub fn with_notice(mut self, notice: Option<String>) -> Self {
        self.notice = notice;
        self
    }
}
