"""Addresses of the office. Each object has one permanent address that can be sent to a colleague."""

from django.urls import path

from zhunsheng.web.office.views import (
    account,
    accounts,
    cards,
    cases,
    documents,
    filing,
    home,
    law,
    officers,
    publications,
    registers,
    signing_in,
)
from zhunsheng.web.office.views import (
    help as handbook,
)

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", signing_in.sign_in, name="login"),
    path("logout/", signing_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/totp/", account.totp, name="totp"),
    path("cases/", cases.listing, name="cases"),
    path("cases/new/", cases.new, name="new-case"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/file/<slug:form_id>/", filing.file_form, name="file"),
    path("cases/<str:number>/file/<slug:form_id>/officer/", cards.officer, name="officer-card"),
    path("cases/<str:number>/documents/<slug:document>/", documents.document, name="document"),
    path("cases/<str:number>/documents/<slug:document>.pdf", documents.pdf, name="document-pdf"),
    path("cases/<str:number>/documents/<slug:document>/sign/", documents.sign, name="sign"),
    path("cases/<str:number>/publish/", publications.propose, name="propose"),
    path("publications/", publications.listing, name="publications"),
    path("cases/<str:number>/publication/", publications.check, name="check-publication"),
    path("cases/<str:number>/publication.pdf", publications.pdf, name="publication-pdf"),
    path("accounts/", accounts.listing, name="accounts"),
    path("accounts/new/", accounts.new, name="new-account"),
    path("accounts/<str:login>/", accounts.one, name="one-account"),
    path("officers/", registers.officers, name="officers"),
    path("officers/new/", officers.new, name="new-officer"),
    path("officers/<str:officer_id>/", officers.one, name="officer"),
    path("items/", registers.items, name="items"),
    path("items/card/", cards.item, name="item-card"),
    path("law/<slug:instrument>/<int:article>/", law.article, name="law-article"),
    path("law/<str:citation>", law.by_citation, name="law-citation"),
    path("help/", handbook.handbook, name="help"),
]
