"""Addresses of buyers, in both languages; config mounts them at the root."""

from django.urls import path

from bekal.shop.views import baskets, checkout, orders, placing, postage

app_name = "shop"
urlpatterns = [
    path("keranjang/", baskets.basket, name="basket"),
    path("keranjang/tambah/", baskets.add, name="add"),
    path("keranjang/ubah/", baskets.change, name="change"),
    path("ongkir/", postage.postage, name="postage"),
    path("pesan/", checkout.begin, name="begin"),
    path("pesan/<str:draft>/", checkout.address, name="address"),
    path("pesan/<str:draft>/pengiriman/", checkout.delivery, name="delivery"),
    path("pesan/<str:draft>/periksa/", placing.review, name="review"),
    path("pesanan/", orders.find, name="find"),
    path("pesanan/<str:order>/", orders.order, name="order"),
    path("pesanan/<str:order>/alamat/", orders.address, name="unmask"),
    path("pesanan/<str:order>/bayar/", orders.pay, name="pay"),
    path("pesanan/<str:order>/batal/", orders.cancel, name="cancel"),
]
