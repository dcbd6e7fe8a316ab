# Loading files, and what is wrong with a cell or a field.

import-counts = Read { $read }, added { $added }, updated { $updated }, unchanged { $unchanged }, rejected { $rejected }.
import-dry-run = Dry run: nothing was written.
import-rejected-others-written = { $count ->
    [one] one row rejected; the others were written
   *[other] { $count } rows rejected; the others were written
}
import-rejected-nothing-written = { $count ->
    [one] one row rejected; nothing was written
   *[other] { $count } rows rejected; nothing was written
}
import-rejected-dry-run = { $count ->
    [one] one row would be rejected; this was a dry run
   *[other] { $count } rows would be rejected; this was a dry run
}
import-row = row { $row }: { $why }
import-row-column = row { $row }, { $column }: { $why }
import-row-value = row { $row }, { $column } “{ $value }”: { $why }
import-changed = The file or the database changed while it was read. Nothing was written: try again.
import-column-unknown = The column “{ $column }” is not one of { $kind }. Remove it or correct its name.
import-column-unknown-near = The column “{ $column }” is not one of { $kind }. Perhaps “{ $near }”?
import-column-forbidden = The column “{ $column }” is not allowed in { $kind }: { $trait } ({ $source }). Remove it from the file.
import-file-empty = The file is empty: not even the names of the columns.
import-file-not-found = There is no such file.
import-file-no-right = The file may not be read.
import-file-folder = That is a folder, not a file.
import-file-unreadable = The file cannot be read: { $why }.
import-file-too-large = The file is larger than { $megabytes } MB. Split it.
import-file-unpacks-too-large = The file unpacks to more than { $megabytes } MB. Split it.
import-file-bomb = The file grows too much when it is opened: it is not read.
import-file-too-many-rows = The file has more than { $rows } rows. Split it.
import-file-too-many-columns = The file has more than { $columns } columns.
import-file-row-too-long = Row { $row } is too long. Perhaps the closing quotation mark of a cell is missing.
import-file-not-utf8 = Row { $row } is not UTF-8. Save the file as “CSV UTF-8” and try again.
import-file-utf16 = The file is UTF-16. Save it as “CSV UTF-8” and try again.
import-file-no-table = The file is no table: it takes CSV or XLSX.
import-file-old-or-protected = The sheet is of an old kind (.xls) or has a password. Save it as .xlsx without a password.
import-file-no-xlsx = The compressed file is no .xlsx sheet.
import-file-document-type = The sheet holds an external definition: it is not read.
import-file-damaged = The file is damaged.
import-file-damaged-after = The file is damaged after row { $row }.
import-file-error-value = After row { $row } a cell holds the error { $value }. Correct the formula.
import-file-unclosed-quote = The quotation mark opened in row { $row } is never closed.
import-file-unnamed-column = Column number { $number } has no name.
import-file-duplicate-column = The column “{ $name }” stands twice, in place { $first } and in place { $second }.
import-file-tabs = The columns are separated by tabs. Save with commas or semicolons.
export-no-years = A year can be asked for requests, introductions, answers, accesses and accompaniments only, not for { $kind }.

forbidden-age = age is never used to choose people
forbidden-beliefs = opinions and membership of unions or parties are not collected
forbidden-children = children are never used to choose people
forbidden-citizenship = citizenship is never used to choose people
forbidden-disputes = past disputes at work are not collected
forbidden-document = the number of the document is not collected
forbidden-family_state = marital status is never used to choose people
forbidden-health = health is not collected
forbidden-free_text = the access log has no free text
forbidden-identity = the access log does not know who the person is
forbidden-language_group = mother tongue is never used: state the level that the work needs
forbidden-looks = looks are never used to choose people
forbidden-orientation = sexual orientation is not collected
forbidden-origin = origin is never used to choose people
forbidden-pregnancy = pregnancy is not collected
forbidden-religion = religion is not collected
forbidden-sex = the sex is stated in worker_sex only, with its ground
forbidden-tax_code = the tax code is not collected

problem-required = is required
problem-one-of = must be one of: { $codes }
problem-unknown-code = { $code } is not in the list { $table ->
    [skills] of skills (skills)
    [qualifications] of qualifications (qualifications)
    [languages] of languages (languages)
    [countries] of countries (countries)
    [permit_types] of titles of stay (permit_types)
    [ccnl_levels] of levels (ccnl_levels)
    [desks] of desks (desks)
    [partners] of referring organisations (partners)
    [families] of families (families)
    [requests] of requests (requests)
    [workers] of workers (workers)
    [introductions] of introductions (introductions)
   *[other] { $table }
}
problem-no-such-worker = nobody who looks for work has the code { $code }
problem-code = a code has at most { $longest } characters: plain letters, digits and - _ . /
problem-code-twice = this code stands in row { $row } already
problem-sheet-number = a sheet’s number has at most { $longest } characters
problem-too-long = is too long: at most { $longest } characters
problem-control-characters = holds control characters, such as a line break
problem-latin-letters = write in Latin letters, as on the document; the own script has a field of its own
problem-no-letter = must hold at least one letter
problem-phone = holds no telephone number
problem-email = is no e-mail address
problem-unreachable = a telephone or an e-mail is needed, or contact at the desk
problem-max-km = the kilometres are needed, unless living in is all they accept
problem-past = the day is over already
problem-birth-future = the birth is in the future
problem-code-retired = { $code } is no longer used after { $date }
problem-access-future = the day is in the future: a contact is logged once it has been
problem-access-before = the log begins in { $year }
problem-desk-not-yours = is of another desk
problem-other-year = is not of { $year }
problem-vocabulary-fixed = nothing is added to this list or taken from it
problem-vocabulary-code = a code has at most { $longest } small letters, digits and _
problem-vocabulary-used = { $code } is there or has been: a code is not used twice
problem-vocabulary-label = another one is called { $label } already
problem-vocabulary-circle = the two would pass into each other
problem-vocabulary-merge-day = to pass into another one, the last day of use is needed
problem-date-form = write day, month and year, for example 23/11/2026 or 2026-11-23
problem-no-such-date = there is no such day
problem-date-future = the day is in the future
problem-date-range = the year must lie between 1900 and 2100
problem-end-before-start = the end is before the start
problem-document-of-desk = a document belongs to a hire found by the desk (side = desk, result = hired)
problem-still-working-of-hire = still_working goes with an empty result or with hired
problem-without-desk-of-family = only the family is asked this
problem-whole-number = a whole number between { $least } and { $most } is needed
problem-money-form = write the amount as 8.21 or 8,21, with two decimals at most and no thousands separator
problem-money-negative = the amount is negative
problem-money-absurd = the amount is above { $most } €: perhaps the comma is missing
problem-comune-unknown = { $name } is no municipality
problem-comune-unknown-near = { $name } is no municipality. Perhaps { $near }?
problem-comune-ambiguous = { $name } exists more than once: state the province, among { $candidates }
problem-comune-renamed = { $old } is no more: it is now { $now } ({ $code })
problem-comune-not-coded = { $name } exists since { $since }, but its code is not known yet
problem-language-form = write languages as it:B1; “{ $piece }” has another form
problem-language-twice = the same language is there twice with different levels: leave one
problem-language-level = { $level } is no level: use A1, A2, B1, B2, C1 or C2
problem-week-day = “{ $piece }” is no day: use Mon … Sun or lun … dom
problem-week-half-hour = “{ $piece }” is neither a full nor a half hour
problem-week-equal-ends = “{ $piece }” begins and ends at the same time; a whole day is 00:00-24:00
problem-week-time = “{ $piece }” is no time: write it as 08:00-20:00
problem-week-form = “{ $piece }” is not of the form Mon-Fri 08:00-13:00
problem-schedule-empty = the schedule is empty: at least half an hour is needed
problem-coverage-range = the share to be covered is between 1 and 1000 per mille
problem-sex-without-ground = a sex can be asked for only with its ground: personal_hygiene
problem-ground-without-sex = there is a ground, but no sex that is asked for
problem-not-live-in = { $code } is no live-in request
problem-made-by-sheet = this introduction comes from an issued sheet: a file does not change it
problem-row-ragged = the row has { $found } cells, and there are { $expected } columns
problem-cell-formula = the cell holds a formula without a result: open the sheet, recalculate and save
problem-cell-error = the cell holds an error of the spreadsheet
warning-phone = the number is not recognised: it stays as it is written
warning-comune-ceased = this municipality no longer exists by itself: { $note }

import-title = Load a file
import-one-title = The file to load
import-text = A sheet of people or requests becomes part of the records. First you see what would change: nothing is written without a yes.
import-what = What is in the file
import-what-hint = They are loaded in this order: people and families first, then their requests.
import-file-hint = A CSV or XLSX file, with the names of the columns in the first row. At most { $rows } rows and 32 MB.
import-hand-in = Read the file
import-accesses = Load the access log
import-no-kind = Choose what is in the file.
import-files = The desk’s files
import-files-none = No file is on its way.
import-file-name = The file
import-file-unnamed = File without a name
import-file-by = Whose
import-file-when = When
import-facts = { $file }, { $kind }, by { $by } on { $when }
import-discarded = The file was thrown away. Nothing of it remains.
import-kept = A file that is not loaded stays at most a day, its report seven days. Only the desk and administrators see it.
import-kind-workers = People who look for work
import-kind-families = Families
import-kind-requests = Requests
import-kind-introductions = Introductions made on paper
import-kind-accompaniments = Accompaniments
import-state-columns = columns to name
import-state-to_check = being read
import-state-checked = to confirm
import-state-to_load = being loaded
import-state-loaded = loaded
import-state-refused = not readable
file-column-request = Code of the request
file-column-worker = Code of the worker
file-column-sheet_number = Number of the sheet
file-column-issued_on = Handed over on
file-column-kind = Kind
file-column-closed_on = Closed on
import-columns-heading = What is in each column
import-columns-text = The desk says it once: next time the same columns are known. What is not needed is not read. Cells may hold the words of the screen, for example “hourly”.
import-columns-do = Read the file this way
import-columns-leave = Leave it as it was
import-columns-change = Change the columns
import-column-none = Do not read this column
import-column-sample = For example: { $values }
import-column-not-read = This column is not read: { $why }.
import-waits-check = The file is being read
import-waits-check-text = Nothing is written yet. The page looks again by itself.
import-waits-load = The file is being loaded
import-waits-load-text = You can leave the page: the work goes on. If the program stops midway nothing stays written, and it begins again.
import-waits-rows = Rows looked at so far: { $rows }.
import-waits-working = The program is at work.
import-waits-turn = It waits for its turn, a few seconds as a rule.
import-waits-look = Look again
import-failed = The file cannot be read. Nothing was written.
import-another = Choose another file
import-checked = The file is good. Nothing is written yet.
import-checked-wrong = Some rows are not good. Nothing is written yet.
import-loaded = The file was loaded.
import-left-out = { $count ->
    [one] One row left out, as asked.
   *[other] { $count } rows left out, as asked.
}
import-missing = Columns that new rows need are missing: { $columns }. Without them no new row can be loaded.
import-leave-likely = { $count ->
    [one] Leave out the row of somebody who may be there already
   *[other] Leave out the { $count } rows of people who may be there already
}
import-load-all = Load everything
import-load-good = Load only the good rows
import-nothing-to-load = There is nothing to load: no good row changes anything.
import-problems = Rows that are not loaded
import-doubts = Doubts that stop nothing
import-doubts-text = These rows are loaded all the same. Better look at them.
import-likely = Perhaps there already
import-likely-text = These rows are new but look like people who are there already. Leave out whoever is the same, or write their code into the file.
import-likely-file = In the file
import-likely-there = In the records
import-more = { $count ->
    [one] And another one, in the report to download.
   *[other] And { $count } more, in the report to download.
}
import-report = Download the report (CSV)
import-report-row = Row
import-report-what = What
import-report-column = Column
import-report-value = Value
import-report-why = Why
import-report-rejected = rejected
import-report-doubt = doubt
import-report-likely = perhaps there already
import-discard = Throw the file away
import-forget = Throw the report away
import-go = Load from a file
problem-no-column-read = No column is read: choose one at least.
problem-no-such-column = Choose something from the list.
problem-header-forbidden = This column may not be read.
problem-column-twice = The same is in the column “{ $header }” already. Choose one of them.
refused-too-many-uploads = The desk has twenty files on their way already. Load some or throw some away.

list-export-text = What is seen here can be downloaded, with all its pages. Who does so is recorded.
list-export-csv = Download the list (CSV)
list-export-xlsx = Download the list (XLSX)
refused-export-busy = Other lists are leaving at this moment. Try again shortly.
refused-export-too-many = The list has more than { $most } rows. Search or choose a filter, and try again.
refused-search-gone = This search is gone. Search again, then download.
import-would = Read { $read }. New { $added }, to update { $updated }, unchanged { $unchanged }, rejected { $rejected }.
