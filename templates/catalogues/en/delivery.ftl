# How sheets are delivered: the link by mail, the code, the partners, what is to be done.

mail-kind-sheet = Link to a sheet
record-task = The task

delivery-heading = Mail to the family
delivery-text = The mail goes to { $email }. It holds only a link: to open the sheet a code is needed, told by telephone.
delivery-subject = Subject of the mail: { $subject }
delivery-send = Send the link
delivery-no-email = This family has no mail address. The sheet is handed over on paper.
delivery-over = The sheet has expired and is not sent any more.
delivery-until = The link holds until { $date }.
delivery-locked = The link is locked: five codes were wrong. Call the family, then make a new code.
delivery-renew = Make a new code
delivery-undo = Do not send it
delivery-shut = Shut the link
delivery-shut-notice = The link is shut and opens nothing any more.
delivery-mail-queued = The mail goes within a minute.
delivery-mail-sending = The mail is on its way.
delivery-mail-sent = The mail has gone.
delivery-mail-kept = The mail is ready and can be read among the kept mails.
delivery-mail-failed = The mail did not arrive.
delivery-mail-cancelled = The mail did not go.
delivery-mail-none = Nothing is known of the mail any more.

code-title = Code for sheet { $number }
code-queued = The mail to { $email } goes in a minute. Until then it can be taken back.
code-tell = Call the family and tell them this code:
code-once = The code is shown only now. Whoever is wrong { $most } times locks the link, and the desk is told.
code-back = Back to the sheet

refused-sheet-expired = The sheet has expired. Issue a new one where it is needed.
refused-no-email = This family has no mail address. Add one, or hand the sheet over on paper.
refused-address-marked = Mail does not reach this address. Correct it, or hand the sheet over on paper.
refused-link-there = There is a link already. Make a new code, or shut the link and send another.
refused-no-link = This sheet has no open link. Send one from the page of the sheet.

print-heading = Print
refused-no-purpose = Choose what it is printed for.
print-purpose = Why it is printed
purpose-request = to answer the request
purpose-copy = another copy for the family
purpose-file = for the desk’s own file
purpose-hand_over = to be handed over by the partner

disclosure-mailed = link sent by mail
disclosure-opened = sheet opened with the code
disclosure-handed_over = sheet opened by the partner
disclosures-all = Every disclosure
disclosures-title = Who was told of { $name }
disclosures-count = { $count ->
    [one] One disclosure
   *[other] { $count } disclosures
}
column-why = Why
column-fields = Which data
disclosed-field-given_name = given name
disclosed-field-family_name = family name
disclosed-field-phone = telephone
disclosed-field-comune = place
disclosed-field-languages = languages
disclosed-field-skills = skills
disclosed-field-experience_years = experience
disclosed-field-qualifications = qualifications
disclosed-field-accreditation = accreditation
disclosed-field-availability = availability

tasks-title = Sheets: things to do
tasks-open = To do
tasks-done = Done
tasks-count = { $count ->
    [one] One thing
   *[other] { $count } things
}
tasks-empty-heading = Nothing
tasks-empty-text = Here stand people to be told, codes to be made anew and sheets that end.
task-tell-family = Tell { $family } that sheet { $sheet } does not hold any more.
task-tell-partner = Tell the partner { $partner } that sheet { $sheet } for { $family } does not hold any more.
task-code-locked = Call { $family }: five wrong codes for sheet { $sheet }.
task-mail-failed = The mail to { $family } for sheet { $sheet } did not arrive: find another way.
task-ends-soon = Sheet { $sheet } of { $family } ends in a few days.
task-tell-people = Sheet { $sheet } for { $family }: somebody gets no mail. Phone to tell them: the family calls those on the sheet, by a date. The page has the words to say.
task-do = Done
task-undo = Not done yet
task-over = no longer needed since { $when }
task-done-by = done on { $when } by { $name }

link-title = The desk’s sheet
link-code-text = To open the sheet a code of six digits is needed. The desk tells it by telephone: { $desk }, { $phone }.
link-code = Code
link-code-hint = Six digits
link-code-do = Open
link-no-code = Type the six digits of the code.
link-wrong-code = { $count ->
    [one] The code is not right. One try is left.
   *[other] The code is not right. { $count } tries are left.
}
link-locked-now = The code is not right, and there are no tries left. The desk has been told.
link-locked = This link is locked. For a new code call the desk: { $desk }, { $phone }.
link-open = Sheet { $number } is open for half an hour.
link-take = Download the sheet (PDF)
link-recorded = The desk writes down when the sheet is opened. Whoever is named in it can know.
link-until = The link holds until { $date }.
link-gone-title = This link opens nothing
link-gone-text = Perhaps it is not whole, or does not hold any more. The desk can send another: a call is enough.


partner-sheets-title = Sheets of your families
partner-sheets-text = These are the sheets for the families that this partner sent.
partner-sheets-empty = Here stand the sheets of the families sent, once the desk has issued them.
partner-open-text = The sheet names people: it serves only to be handed to the family. Who opens it and when is written down.
partner-open = Open the sheet (PDF)
partner-sheet-superseded = Superseded: the data of somebody on the sheet changed afterwards. Before handing it over, ask the desk whether there is a new one.
partner-not-open = This sheet does not hold any more, and does not open.

verify-waits = Too many wrong codes came from here. Wait a few minutes, then try again.

sheet-cover-fits = Who is named, and why
sheet-cover-desk = How to reach the desk
sheet-cover-desk-text = { $desk }, { $address }, telephone { $phone }. The desk answers every question about this sheet, and helps after the hiring too.
sheet-cover-duties = What is asked of whoever hires
duty-inps_notice = INPS is told of the hiring by the end of the day before it begins, also on a holiday.
duty-written_letter = A written letter of hiring is needed, signed by both sides, with hours, level and pay.
duty-source = ({ $source }; in force since { $date })

problem-not-printed = The sign { $character } cannot be printed on a sheet. Take it out, or write it in another way.
refused-not-printed = The sign { $character } in the name of the desk or of whoever issues cannot be printed. Ask an administrator to correct it.
sheet-again = Prepare the corrected sheet
