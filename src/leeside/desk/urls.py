"""The desk's addresses. The language stands first, so that no cookie has to remember it."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from leeside.desk.by_hand import urls as by_hand_urls
from leeside.desk.files import urls as files_urls
from leeside.desk.guarding import urls as guarding_urls
from leeside.desk.guiding import urls as guiding_urls
from leeside.desk.hands import urls as hands_urls
from leeside.desk.letters import urls as letters_urls
from leeside.desk.papers import urls as papers_urls
from leeside.desk.queues import urls as queues_urls
from leeside.desk.recalling import urls as recall_urls
from leeside.desk.rules import urls as rules_urls
from leeside.desk.searching import urls as search_urls
from leeside.desk.stages import urls as stages_urls
from leeside.desk.team import urls as team_urls
from leeside.desk.ties import urls as ties_urls
from leeside.desk.views import case_actions, ending, publishing, signing, writing
from leeside.desk.what_if import urls as what_if_urls

app_name = "desk"

_CASE: list[URLPattern | URLResolver] = [
    path("", case_actions.case, name="case"),
    path("drawer/<slug:key>", case_actions.drawer, name="drawer"),
    path("answer", case_actions.answer, name="answer"),
    path("undo", case_actions.undo, name="undo"),
    path("note", case_actions.note, name="note"),
    path("draft/<slug:kind>", writing.keep_draft, name="draft"),
    path("draft/<slug:kind>/leave", writing.leave_draft, name="leave_draft"),
    path("ask-check", writing.ask_for_check, name="ask_check"),
    path("check/<slug:way>", writing.check, name="check"),
    path("fact", case_actions.fact, name="fact"),
    path("fact/withdraw", case_actions.withdraw_fact, name="withdraw_fact"),
    path("step", case_actions.step, name="step"),
    path("keep", case_actions.keep, name="keep"),
    path("give-back", case_actions.give_back, name="give_back"),
    path("move", case_actions.move, name="move"),
    path("confirm", case_actions.confirm, name="confirm"),
    path("grant", case_actions.grant, name="grant"),
    path("revoke", case_actions.revoke, name="revoke"),
    path("rekey", case_actions.rekey, name="rekey"),
    path("close", ending.close, name="close"),
    path("late-outcome", ending.late_outcome, name="late_outcome"),
    path("asked-again", ending.asked_again, name="asked_again"),
    path("half-check", ending.half_check, name="half_check"),
    path("term", ending.term, name="term"),
    path("reopen", case_actions.reopen, name="reopen"),
    path("", include(ties_urls.case_patterns)),
    path("", include(hands_urls.case_patterns)),
    path("", include(guarding_urls.case_patterns)),
    path("", include(papers_urls.case_patterns)),
    path("", include(guiding_urls.case_patterns)),
    path("", include(letters_urls.case_patterns)),
    path("", include(by_hand_urls.case_patterns)),
]
_PAGES: list[URLPattern | URLResolver] = [
    path("", signing.start, name="start"),
    path("lock", signing.lock, name="lock"),
    path("", include(queues_urls.urlpatterns)),
    path("case/<slug:slug>/", include(_CASE)),
    path("case/<slug:slug>/", include(files_urls.urlpatterns)),
    path("", include(team_urls.urlpatterns)),
    path("", include(rules_urls.urlpatterns)),
    path("", include(letters_urls.urlpatterns)),
    path("", include(search_urls.urlpatterns)),
    path("", include(recall_urls.urlpatterns)),
    path("", include(hands_urls.urlpatterns)),
    path("", include(stages_urls.urlpatterns)),
    path("", include(by_hand_urls.urlpatterns)),
    path("", include(what_if_urls.urlpatterns)),
    path("figures/", publishing.figures, name="figures"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", signing.choose_language, name="language"),
    path("health", signing.health, name="health"),
    re_path(r"^(?P<language>ru|en|uk)/", include(_PAGES)),
]
