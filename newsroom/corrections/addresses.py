"""URLs below an article's URL."""

from django.urls import path

from newsroom.corrections import views

urlpatterns = [
    path("versions/", views.version_list),
    path("versions/<int:number>/", views.earlier_version),
    path("versions/<int:number>/changes/", views.changes),
    path("versions/<int:number>/changes/<int:to>/", views.changes),
]
