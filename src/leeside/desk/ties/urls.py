"""The addresses of a case's ties, below the case's own."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.ties import making_views, views

case_patterns: list[URLPattern | URLResolver] = [
    path("link", views.link_case, name="link"),
    path("unlink", views.unlink_case, name="unlink"),
    path("one-owner", views.one_owner, name="one_owner"),
    path("told", views.told, name="told"),
    path("renew", making_views.renew, name="renew_words"),
    path("refer", making_views.refer_case, name="refer"),
    path("refer/outcome", making_views.referral_outcome, name="referral_outcome"),
    path("refer/back", making_views.referral_revoke, name="referral_revoke"),
    path("transfer", making_views.transfer_case, name="transfer"),
    path("together", views.together, name="together"),
]
