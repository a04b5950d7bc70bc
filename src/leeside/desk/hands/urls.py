"""The addresses of what passes a case from hand to hand: those of one case, and those of many."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.hands import many_views, views

case_patterns: list[URLPattern | URLResolver] = [
    path("hand-over", views.hand_over, name="hand_over"),
    path("hand-over/accept", views.accept_offer, name="accept_offer"),
    path("hand-over/refuse", views.refuse_offer, name="refuse_offer"),
    path("hand-over/withdraw", views.withdraw_offer, name="withdraw_offer"),
    path("stand-in", views.stand_in, name="stand_in"),
    path("stand-in/end", views.no_stand_in, name="no_stand_in"),
    path("take-over", views.take_over_case, name="take_over"),
    path("swap", views.swap, name="swap"),
    path("assign", views.assign_case, name="assign"),
    path("erase", views.erase_whole, name="erase_case"),
    path("erase/<slug:entry>", views.erase_one, name="erase_entry"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("handovers/", many_views.handovers, name="handovers"),
    path("handovers/accept", many_views.accept_many, name="accept_many"),
    path("handovers/all", many_views.hand_over_all, name="hand_over_all"),
    path("handovers/stand-in", many_views.stand_in_all, name="stand_in_all"),
    path("handovers/reassign", many_views.reassign, name="reassign"),
]
