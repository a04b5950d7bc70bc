"""Registers the parts of addresses that both of the door's roles use. Import it before a `path` needs them."""

from django.urls import register_converter
from django.urls.converters import get_converters

from leeside.web.converters import LanguageConverter

if "language" not in get_converters():
    register_converter(LanguageConverter, "language")
