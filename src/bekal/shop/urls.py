"""Addresses of buyers, in both languages; config mounts them at the root."""

from django.urls import path

from bekal.shop.views import aftercare, baskets, checkout, orders, placing, postage, whatsapp

app_name = "shop"
urlpatterns = [
    path("keranjang/", baskets.basket, name="basket"),
    path("keranjang/tambah/", baskets.add, name="add"),
    path("keranjang/ubah/", baskets.change, name="change"),
    path("ongkir/", postage.postage, name="postage"),
    path("pesan/", checkout.begin, name="begin"),
    path("pesan/wa/", whatsapp.order, name="whatsapp"),
    path("pesan/<str:draft>/", checkout.address, name="address"),
    path("pesan/<str:draft>/pengiriman/", checkout.delivery, name="delivery"),
    path("pesan/<str:draft>/periksa/", placing.review, name="review"),
    path("pesanan/", orders.find, name="find"),
    path("pesanan/<str:order>/", orders.order, name="order"),
    path("pesanan/<str:order>/alamat/", orders.address, name="unmask"),
    path("pesanan/<str:order>/bayar/", orders.pay, name="pay"),
    path("pesanan/<str:order>/batal/", orders.cancel, name="cancel"),
    path("pesanan/<str:order>/sisa/", baskets.again, name="again"),
    path("pesanan/<str:order>/rekening/", aftercare.payee, name="payee"),
    path("pesanan/<str:order>/<int:parcel>/terima/", aftercare.receive, name="receive"),
    path("pesanan/<str:order>/<int:parcel>/masalah/", aftercare.problem, name="problem"),
    path("pesanan/<str:order>/<int:parcel>/tarik/", aftercare.withdraw, name="withdraw"),
    path("pesanan/<str:order>/<int:parcel>/ulasan/", aftercare.reviews, name="reviews"),
    path("pesanan/<str:order>/<int:parcel>/ulasan/<int:bought>/", aftercare.review, name="opinion"),
    path("PESANAN/<str:order>/", orders.order, name="of_paper"),
]
