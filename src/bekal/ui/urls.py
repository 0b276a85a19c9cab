"""The style page."""

from django.urls import path

from bekal.ui import views

app_name = "ui"
urlpatterns = [path("gaya/", views.style_page, name="style")]
