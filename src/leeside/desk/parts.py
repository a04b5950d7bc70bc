"""The parts of the work, each joined to the desk by a line here: this module may import every part.

One line a part in each list that it needs:
    DUES      `provider(seat, file) -> tuple[Due, ...]`, from the part's `due.py`
    PANELS    name -> `make(seat, file) -> panel or None`, from the part's `panel.py`; a template shows it as
              `sheet.panels.NAME` by one include
    WARNINGS  `provider(seat, file) -> tuple[str, ...]`: sentences above the field for the writer
    ASKS      `provider(seat, file) -> tuple[str, ...]`: facts that a part would like to know, in the left column
    DOUBTS    `provider(seat, file, text) -> tuple[Doubt, ...]`: what of a text must be meant before it goes out
    CARRIERS  `look(seat, case_id) -> finish()`: what is done to one case of a person is done to the others
    ENDINGS   `look(seat, case_id) -> finish()`: what stays elsewhere of a case that is erased
    ADVICE    `make(seat, file, rules) -> Told`: what an answer is remembered with that tells rules of the guide
    SETTLERS  `finish(seat, file) -> bool`: what a flow over two cases left half done
Low modules (`opening`, `due`, `sheet`, `views`) never import a part; they ask `seams`.
"""

from collections.abc import Mapping
from typing import Final

from leeside.desk.files.panel import files_panel
from leeside.desk.guarding.panel import make_panel as make_safety
from leeside.desk.guiding.advice import told_by_answer
from leeside.desk.guiding.due import law_dues
from leeside.desk.guiding.panel import facts_to_ask
from leeside.desk.guiding.panel import make_panel as make_law
from leeside.desk.hands.due import handover_dues
from leeside.desk.hands.panel import make_panel as make_hands
from leeside.desk.letters.panel import letters_panel
from leeside.desk.outgoing import lock_warning
from leeside.desk.papers.due import paper_dues
from leeside.desk.papers.panel import make_panel as make_papers
from leeside.desk.recalling.asking import RECALL
from leeside.desk.recalling.comparing import compare_cases
from leeside.desk.safety.due import silence_dues
from leeside.desk.seams import (
    SEAMS,
    AdviceMaker,
    AskProvider,
    Carrier,
    DoubtProvider,
    DueProvider,
    Ending,
    PanelMaker,
    Settler,
    WarningProvider,
)
from leeside.desk.searching.asking import SEARCH
from leeside.desk.searching.scanning import search_cases
from leeside.desk.searching.works import WORKS
from leeside.desk.stages.outcomes import suspension_dues
from leeside.desk.stages.panel import make_panel as make_end
from leeside.desk.stages.tasks import make_panel as make_tasks
from leeside.desk.ties import endings, links, may_be_told, referral
from leeside.desk.ties.due import dues as ties_due
from leeside.desk.ties.one_owner import carry
from leeside.desk.ties.panel import make_panel as make_ties

DUES: Final[tuple[DueProvider, ...]] = (handover_dues, law_dues, paper_dues, silence_dues, suspension_dues, ties_due)
PANELS: Final[Mapping[str, PanelMaker]] = {
    "end": make_end,
    "files": files_panel,
    "letters": letters_panel,
    "hands": make_hands,
    "law": make_law,
    "papers": make_papers,
    "safety": make_safety,
    "tasks": make_tasks,
    "ties": make_ties,
}
WARNINGS: Final[tuple[WarningProvider, ...]] = (lock_warning, may_be_told.warnings_for)
DOUBTS: Final[tuple[DoubtProvider, ...]] = (may_be_told.leaks_in,)
ASKS: Final[tuple[AskProvider, ...]] = (facts_to_ask,)
ADVICE: Final[AdviceMaker] = told_by_answer
CARRIERS: Final[tuple[Carrier, ...]] = (carry,)
ENDINGS: Final[tuple[Ending, ...]] = (endings.mark_where_linked,)
SETTLERS: Final[tuple[Settler, ...]] = (links.settle, referral.settle_revoked)


def join_parts() -> None:
    """Give the desk what its parts have. Called when the app is ready."""
    SEAMS.fill(
        dues=DUES,
        panels=PANELS,
        warnings=WARNINGS,
        carriers=CARRIERS,
        settlers=SETTLERS,
        doubts=DOUBTS,
        endings=ENDINGS,
        asks=ASKS,
        advice=ADVICE,
    )
    WORKS.update({SEARCH: search_cases, RECALL: compare_cases})
