"""The addresses of people, shifts, training and one's own page, below the language."""

from django.urls import URLPattern, URLResolver, path

from leeside.desk.team.views import joining, people

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", people.people, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("people/admit", people.admit, name="admit"),
    path("people/turn", people.turn, name="turn"),
    path("people/renew", people.renew, name="renew"),
    path("people/<slug:reader>/", people.person, name="person"),
    path("found/<str:token>", joining.found, name="found"),
    path("invited/<str:address>", joining.invited, name="invited"),
]
