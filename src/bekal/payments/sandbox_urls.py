"""Where payments are pretended; config mounts it at /uji/bayar/ of a demo, and nowhere else."""

from django.urls import path

from bekal.payments.views import paying

app_name = "sandbox"
urlpatterns = [path("<uuid:ask>/", paying.sandbox, name="pay")]
