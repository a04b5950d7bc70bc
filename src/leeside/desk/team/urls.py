"""The addresses of people, shifts, training and one's own page, below the language."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.team.views import admitting, joining, line, own, people, training

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", people.people, name="people"),
    path("people/invite", admitting.invite, name="invite"),
    path("people/admit", admitting.admit, name="admit"),
    path("people/confirm-keys", admitting.confirm, name="confirm_keys"),
    path("people/turn", admitting.turn, name="turn"),
    path("people/renew", admitting.renew, name="renew"),
    path("people/brief", line.brief, name="brief"),
    path("people/<slug:reader>/", people.person, name="person"),
    path("people/<slug:reader>/terms", people.set_person, name="set_person"),
    path("people/<slug:reader>/cut-off", people.cut_off, name="cut_off"),
    path("people/<slug:reader>/shift", people.give_shift, name="give_shift"),
    path("people/<slug:reader>/keys", people.give_keys, name="give_keys"),
    path("permissions/", line.permissions, name="permissions"),
    path("conduct/", training.conduct, name="conduct"),
    path("training/", training.training, name="training"),
    path("training/<slug:letter_id>/", training.letter, name="training_letter"),
    path("me/", own.me, name="me"),
    path("me/sessions", own.end_my_session, name="end_my_session"),
    path("me/shift", own.shift, name="my_shift"),
    path("me/zone", own.zone, name="my_zone"),
    path("me/passphrase", own.passphrase, name="my_passphrase"),
    path("me/keys", own.keys, name="my_keys"),
    path("found/<str:token>", joining.found, name="found"),
    path("invited/<str:address>", joining.invited, name="invited"),
]
