"""What the catalogue answers. Every list has an order that ends in the id."""

from bekal.catalogue.datasets import PRODUCTS
from bekal.catalogue.kinds import drawing_of
from bekal.catalogue.queries.cards import Card
from bekal.catalogue.queries.contacts import (
    ContactShown,
    PickupPoint,
    contacts_of,
    pickup_points_of,
)
from bekal.catalogue.queries.details import Details, PublicPermit, details_of
from bekal.catalogue.queries.feed import Offer, offers
from bekal.catalogue.queries.goods import (
    Goods,
    food_among,
    goods_by_codes,
    goods_for_sale,
    written_code,
)
from bekal.catalogue.queries.listings import ShopState, shop_state
from bekal.catalogue.queries.makers import (
    Example,
    FrontPage,
    Maker,
    front_page,
    maker,
    makers,
    newest_paths,
)
from bekal.catalogue.queries.pages import PRODUCT_PAGES
from bekal.catalogue.queries.paging import PAGE_SIZE
from bekal.catalogue.queries.permits import (
    PermitDetail,
    PermitFilters,
    PermitRow,
    ending_permits,
    every_permit_of,
    goods_to_permit,
    permit_detail,
    permits_of,
)
from bekal.catalogue.queries.pictures import (
    PictureRow,
    checked_photo,
    picture_file,
    pictures_of,
    share_picture,
)
from bekal.catalogue.queries.price_history import price_history
from bekal.catalogue.queries.problems import showcase_problems
from bekal.catalogue.queries.products import (
    categories,
    categories_of,
    every_product_of,
    own_goods,
    product_detail,
    product_row,
    products_of,
    rows_by_code,
    unready_of,
)
from bekal.catalogue.queries.reviews import (
    REVIEW_STATUSES,
    ReviewFilters,
    ReviewRow,
    is_review_of,
    reviews_of,
    written_reviews,
)
from bekal.catalogue.queries.shapes import (
    ProductDetail,
    ProductFilters,
    ProductRow,
    SheetLine,
    Sort,
    Unready,
)
from bekal.catalogue.queries.sheeted import Sheeted, sheeted
from bekal.catalogue.queries.showcase import (
    cards_of_unit,
    category_counts,
    newest,
    showcase,
)
from bekal.catalogue.queries.showcase_product import ShowcaseProduct, showcase_product
from bekal.catalogue.queries.showcase_shapes import (
    HALAL_NAME,
    NEW_NAME,
    PRICE_NAMES,
    STOCK_NAMES,
    CategoryCount,
    Choice,
    Facets,
    Mark,
    PriceRange,
    ShowcaseFilters,
    ShowcasePage,
    ShowcaseSort,
    Stock,
    marks,
    read_mark,
)
from bekal.catalogue.queries.suggestions import Suggestions, suggestions
from bekal.catalogue.queries.terms import SaleTerms, sale_terms, sample_products
from bekal.catalogue.queries.traits import YES

__all__ = [
    "HALAL_NAME",
    "NEW_NAME",
    "PAGE_SIZE",
    "PRICE_NAMES",
    "PRODUCTS",
    "PRODUCT_PAGES",
    "REVIEW_STATUSES",
    "STOCK_NAMES",
    "YES",
    "Card",
    "CategoryCount",
    "Choice",
    "ContactShown",
    "Details",
    "Example",
    "Facets",
    "FrontPage",
    "Goods",
    "Maker",
    "Mark",
    "Offer",
    "PermitDetail",
    "PermitFilters",
    "PermitRow",
    "PickupPoint",
    "PictureRow",
    "PriceRange",
    "ProductDetail",
    "ProductFilters",
    "ProductRow",
    "PublicPermit",
    "ReviewFilters",
    "ReviewRow",
    "SaleTerms",
    "SheetLine",
    "Sheeted",
    "ShopState",
    "ShowcaseFilters",
    "ShowcasePage",
    "ShowcaseProduct",
    "ShowcaseSort",
    "Sort",
    "Stock",
    "Suggestions",
    "Unready",
    "cards_of_unit",
    "categories",
    "categories_of",
    "category_counts",
    "checked_photo",
    "contacts_of",
    "details_of",
    "drawing_of",
    "ending_permits",
    "every_permit_of",
    "every_product_of",
    "food_among",
    "front_page",
    "goods_by_codes",
    "goods_for_sale",
    "goods_to_permit",
    "is_review_of",
    "maker",
    "makers",
    "marks",
    "newest",
    "newest_paths",
    "offers",
    "own_goods",
    "permit_detail",
    "permits_of",
    "pickup_points_of",
    "picture_file",
    "pictures_of",
    "price_history",
    "product_detail",
    "product_row",
    "products_of",
    "read_mark",
    "reviews_of",
    "rows_by_code",
    "sale_terms",
    "sample_products",
    "share_picture",
    "sheeted",
    "shop_state",
    "showcase",
    "showcase_problems",
    "showcase_product",
    "suggestions",
    "unready_of",
    "written_code",
    "written_reviews",
]
