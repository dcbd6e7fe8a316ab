//! How a failure leaves a page: a status and, where there is one, a message of
//! the catalogue. What went wrong inside goes to the log, never to the page.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::form::percent_encoded;
use crate::domain::invalid::Why;
use crate::services::ServiceError;
use crate::storage::StorageError;

/// Why a page can't be shown.
#[derive(Debug)]
pub enum PageError {
    Forbidden,
    NotFound,
    Service(ServiceError),
    Template(askama::Error),
}

impl From<ServiceError> for PageError {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self::Template(error)
    }
}

/// What the error page shows; [`super::layers::errors`] makes the page of it.
#[derive(Debug, Clone)]
pub struct Failure {
    pub status: StatusCode,
    /// In place of the status's own text.
    pub why: Option<Why>,
}

impl PageError {
    /// A rule refuses it: a message of the catalogue.
    pub fn refused(key: &'static str) -> Self {
        Self::Service(ServiceError::Refused(Why::new(key)))
    }

    fn failure(&self) -> Failure {
        let plain = |status| Failure { status, why: None };
        match self {
            Self::Forbidden | Self::Service(ServiceError::Forbidden) => {
                plain(StatusCode::FORBIDDEN)
            }
            Self::NotFound | Self::Service(ServiceError::NotFound { .. }) => {
                plain(StatusCode::NOT_FOUND)
            }
            // Answered before: it leads on.
            Self::Service(ServiceError::Merged { .. }) => plain(StatusCode::NOT_FOUND),
            Self::Service(ServiceError::Erased { code, on, .. }) => Failure {
                status: StatusCode::GONE,
                why: Some(
                    Why::new("error-erased")
                        .with("code", code)
                        .with("date", on.format("%d/%m/%Y")),
                ),
            },
            Self::Service(ServiceError::Refused(why)) => Failure {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                why: Some(why.clone()),
            },
            Self::Service(ServiceError::Invalid(invalid)) => Failure {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                why: invalid.0.first().map(|problem| problem.why.clone()),
            },
            Self::Service(ServiceError::Stale) => Failure {
                status: StatusCode::CONFLICT,
                why: Some(Why::new("error-stale")),
            },
            Self::Service(ServiceError::Storage(StorageError::Unavailable(_))) => {
                plain(StatusCode::SERVICE_UNAVAILABLE)
            }
            Self::Service(
                ServiceError::Storage(_) | ServiceError::Pdf(_) | ServiceError::Broken(_),
            )
            | Self::Template(_) => plain(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        if let Self::Service(ServiceError::Merged { what, code, now }) = &self {
            let section = if *what == "worker" {
                "workers"
            } else {
                "families"
            };
            let target = format!("/{section}/{now}?merged={}", percent_encoded(code));
            return Redirect::to(&target).into_response();
        }
        let failure = self.failure();
        // By its words alone: a server of PostgreSQL says in the details what stood in the row.
        match &self {
            Self::Service(error) if failure.status.is_server_error() => {
                tracing::error!(%error, "a page failed");
            }
            Self::Template(error) => tracing::error!(%error, "a page failed"),
            _ => {}
        }
        let mut response = failure.status.into_response();
        if failure.status == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response.extensions_mut().insert(failure);
        response
    }
}

/// Whoever is told that they wait is told for how long, where no page reckons it.
pub fn in_a_minute(mut response: Response) -> Response {
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        let minute = HeaderValue::from_static("60");
        response.headers_mut().insert(header::RETRY_AFTER, minute);
    }
    response
}
