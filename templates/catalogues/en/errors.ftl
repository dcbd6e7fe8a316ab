# The error pages.

failure-heading-forbidden = Not allowed
failure-text-forbidden = This account cannot open the page. If the work needs it, ask the administrator.
failure-foreign-form = The form does not come from this site. Nothing was saved. Open the page again from here and try once more.
failure-foreign-host = The service does not have this name. The right address is { $address }.
failure-heading-not-found = Page not found
failure-text-not-found = There is nothing at this address. Check that it is written well.
failure-heading-no-such-method = Unexpected request
failure-text-no-such-method = This address does not answer a request of this kind. Go back and try again from the page.
failure-heading-conflict = Somebody else changed the data
failure-text-conflict = Go back and load the page again. Nothing was saved.
failure-heading-unavailable = Service busy
failure-text-unavailable = The data cannot be reached now. Try again in a few seconds. Nothing was saved.
failure-heading-stopped = It took too long
failure-text-stopped = The page did not come in time, and the work was stopped. Nothing was saved. Try again in a moment.
failure-stopped-sent = The work took too long and was stopped. It may be saved already: look whether it is there before sending it again.
failure-heading-broken = Problem of the service
failure-text-broken = Something did not work. Nothing was saved. Try again; if it repeats, tell the administrator.
failure-heading-refused = This cannot be done
failure-text-refused = The request is not accepted. Go back and check.
failure-reference = Number to tell the administrator: { $reference }
failure-home = Go to the home page
error-stale = Somebody else changed the data in the meantime. Nothing was saved: load the page again and retry.
