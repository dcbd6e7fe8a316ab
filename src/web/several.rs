//! Several secrets of one kind in one cookie, the latest first: two people may open their links
//! on one telephone, each in a tab of their own.

use axum_extra::extract::CookieJar;

/// Between two; it stands in none.
const BETWEEN: char = '.';
/// So many are kept.
const MOST: usize = 4;

/// What a cookie holds.
pub fn all(jar: &CookieJar, name: &str) -> Vec<String> {
    let kept = jar.get(name).map(|cookie| cookie.value().to_owned());
    let kept = kept.unwrap_or_default();
    let all = kept.split(BETWEEN).filter(|one| !one.is_empty());
    all.take(MOST).map(str::to_owned).collect()
}

/// The value of a cookie that holds one more.
pub fn with(jar: &CookieJar, name: &str, one: String) -> String {
    let mut before = all(jar, name);
    before.retain(|other| *other != one);
    let mut kept = vec![one];
    kept.append(&mut before);
    kept.truncate(MOST);
    kept.join(&BETWEEN.to_string())
}

#[cfg(test)]
mod tests {
    use axum_extra::extract::cookie::Cookie;

    use super::*;

    #[test]
    fn the_latest_comes_first_and_an_old_one_goes() {
        let mut jar = CookieJar::new();
        assert_eq!(all(&jar, "x"), Vec::<String>::new());
        for one in ["a", "b", "a", "c", "d", "e"] {
            let value = with(&jar, "x", one.to_owned());
            jar = jar.add(Cookie::new("x", value));
        }
        assert_eq!(all(&jar, "x"), ["e", "d", "c", "a"]);
    }
}
