"""The timetable: every job there is, what it does, and when."""

from datetime import time, timedelta

from tasks import (
    figures,
    imports,
    links,
    open_data,
    publishing,
    related,
    statistics,
    submissions,
    texts,
    upkeep,
    versions,
)
from tasks.job import HOUR, MINUTE, Job

TIMETABLE = (
    Job(
        name="publish_due",
        what="Settles articles whose moment has come.",
        work=publishing.publish_due,
        every=MINUTE,
        wanted=publishing.some_due,
    ),
    Job(
        name="import_pages",
        what="Reads uploaded pages and makes the drafts that are wanted of them.",
        work=imports.import_pages,
        every=timedelta(seconds=15),
        wanted=imports.some_waiting,
    ),
    Job(
        name="refresh_related",
        what="Finds related articles for those that changed.",
        work=related.refresh_related,
        every=MINUTE,
        wanted=related.some_changed,
    ),
    Job(
        name="refresh_directory_statistics",
        what="Counts schools, programs and awards: at once after a load, else 15 minutes after a change.",
        work=statistics.refresh_directory_statistics,
        every=MINUTE,
        wanted=statistics.directory_changed,
    ),
    Job(
        name="switch_version",
        what="Switches readers to the data version that an editor asked for.",
        work=versions.switch_version,
        every=MINUTE,
        wanted=versions.some_asked,
    ),
    Job(
        name="expire_due",
        what="Rebuilds schools whose statement passed its last day, or whose tuition is too old.",
        work=publishing.expire_due,
        every=HOUR,
        wanted=publishing.some_expired,
    ),
    Job(
        name="rebuild_related",
        what="Works out all related articles anew.",
        work=related.rebuild_related,
        begins=time(3, 30),
    ),
    Job(
        name="ask_providers",
        what="Asks the statistics' providers for new releases; needs NETWORK=1.",
        work=figures.ask_providers,
        begins=time(2),
    ),
    Job(
        name="refresh_statistics",
        what="Looks at statistics that are due and marks those that went stale.",
        work=figures.refresh_statistics,
        begins=time(2, 30),
    ),
    Job(
        name="write_stale_mail",
        what="Writes the week's mail about figures past their date, if there are any.",
        work=figures.write_stale_mail,
        every=HOUR,
        wanted=figures.some_to_write,
    ),
    Job(
        name="write_review_mail",
        what="Writes the week's mail about articles past their review date, if there are any.",
        work=figures.write_review_mail,
        every=HOUR,
        wanted=figures.some_to_review,
    ),
    Job(
        name="send_mails",
        what="Sends the mails that are written to editors.",
        work=figures.send_mails,
        every=MINUTE,
        wanted=figures.some_to_send,
    ),
    Job(
        name="send_letters",
        what="Sends the mails that are written to schools.",
        work=submissions.send_letters,
        every=timedelta(seconds=15),
        wanted=submissions.some_letters_due,
    ),
    Job(
        name="remind",
        what="Writes reminders to schools: to confirm, to go on, to answer, and the yearly “still correct?”.",
        work=submissions.remind,
        begins=time(7),
    ),
    Job(
        name="dump_open_data",
        what="Writes the open data with its dictionary into VAR_DIR/open-data.",
        work=open_data.dump_open_data,
        begins=time(4),
    ),
    Job(
        name="check_texts",
        what="Looks once a day whether the lint has anything against a text that readers see.",
        work=texts.check_texts,
        every=HOUR,
        wanted=texts.some_unchecked,
    ),
    Job(
        name="check_links",
        what="Looks at the sites that are cited, each about once a week; needs NETWORK=1.",
        work=links.check_links,
        every=HOUR,
        wanted=links.may_ask,
    ),
    Job(
        name="check_asked_links",
        what="Looks at the addresses that an editor asked to have checked now.",
        work=links.check_asked_links,
        every=MINUTE,
        wanted=links.some_asked,
    ),
    Job(
        name="purge",
        what="Deletes old runs, link checks, uploads, files of no picture, and personal data in its time.",
        work=upkeep.purge,
        begins=time(4, 30),
    ),
)
JOBS = {job.name: job for job in TIMETABLE}
