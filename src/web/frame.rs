//! What stands around a page: `templates/layout.html` is filled from it.

use crate::catalogue::Words;

/// A link in the navigation or the foot.
#[derive(Debug, Clone)]
pub struct Link {
    pub href: String,
    pub label: String,
    /// Whether it leads to where the reader is.
    pub current: bool,
}

/// The address of a page in a language, where one is named.
pub fn in_language(path: &str, tag: Option<&str>) -> String {
    match tag {
        Some(tag) => format!("{path}?language={tag}"),
        None => path.to_owned(),
    }
}

/// See the module's words.
#[derive(Debug, Clone)]
pub struct Frame {
    pub owner: String,
    /// The name of the account, where somebody is signed in.
    pub user: Option<String>,
    /// Of the account and the navigation, which are in the languages of the screens alone.
    pub words: Words,
    pub navigation: Vec<Link>,
    pub footer: Vec<Link>,
    pub demo: bool,
    /// Whether a form came back: the title says so first.
    pub refused: bool,
    /// Something that was done.
    pub notice: Option<String>,
    /// This page's address, to come back to after choosing a language.
    pub back: String,
    /// The other languages of the page: tag and own name; none where it offers them itself.
    pub languages: Vec<(&'static str, &'static str)>,
    /// The language that the page's address names, where it names one.
    pub asked: Option<&'static str>,
}

impl Frame {
    /// The address of a static file.
    #[allow(clippy::unused_self, reason = "templates call it on the frame")]
    pub fn asset(&self, path: &str) -> String {
        super::assets::address(path)
    }

    /// The address of a page that workers read: in the language that this one's address names,
    /// so that the choice stays where no cookie is kept.
    pub fn page(&self, path: &str) -> String {
        in_language(path, self.asked)
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

    /// The same around a page that offers its languages itself.
    #[must_use]
    pub fn without_languages(mut self) -> Self {
        self.languages.clear();
        self
    }

    /// The same around a page that somebody else may fill at a desk's screen: nothing in it leads
    /// to what the account may see.
    #[must_use]
    pub fn without_navigation(mut self) -> Self {
        self.navigation.clear();
        self
    }

    /// The same with something that was done.
    #[must_use]
    pub fn with_notice(mut self, notice: Option<String>) -> Self {
        self.notice = notice;
        self
    }
}
