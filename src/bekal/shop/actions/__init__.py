"""What changes orders and all that follows from them."""

from bekal.shop.actions.confirming import address_order, confirm_order, decline_order
from bekal.shop.actions.contacts import NewContact, add_contact, erase_contacts, keep_contact_until
from bekal.shop.actions.counter import take_at_counter
from bekal.shop.actions.drafting import answer_draft, begin_draft, forget_drafts
from bekal.shop.actions.ending import cancel_order, expire_orders
from bekal.shop.actions.erasing import erase_buyers
from bekal.shop.actions.failing import fail_part, take_parcel_back
from bekal.shop.actions.giving_back import on_paid_out, refund_problem
from bekal.shop.actions.institutions import (
    REGISTER,
    Registered,
    change_contact,
    check_institution,
    erase_institutions,
    register_institution,
    renew_address,
)
from bekal.shop.actions.moving import (
    assume_received,
    deliver_part,
    hand_over_part,
    prepare_part,
    ready_part,
)
from bekal.shop.actions.noticing import drop_stale_notices, send_notices, tell_by_hand
from bekal.shop.actions.paying import on_paid
from bekal.shop.actions.placing import Placed, place_order
from bekal.shop.actions.problems import (
    NewPayee,
    answer_problem,
    name_payee,
    report_problem,
    settle_goods,
    withdraw_problem,
)
from bekal.shop.actions.proposing import draft_order

__all__ = [
    "REGISTER",
    "NewContact",
    "NewPayee",
    "Placed",
    "Registered",
    "add_contact",
    "address_order",
    "answer_draft",
    "answer_problem",
    "assume_received",
    "begin_draft",
    "cancel_order",
    "change_contact",
    "check_institution",
    "confirm_order",
    "decline_order",
    "deliver_part",
    "draft_order",
    "drop_stale_notices",
    "erase_buyers",
    "erase_contacts",
    "erase_institutions",
    "expire_orders",
    "fail_part",
    "forget_drafts",
    "hand_over_part",
    "keep_contact_until",
    "name_payee",
    "on_paid",
    "on_paid_out",
    "place_order",
    "prepare_part",
    "ready_part",
    "refund_problem",
    "register_institution",
    "renew_address",
    "report_problem",
    "send_notices",
    "settle_goods",
    "take_at_counter",
    "take_parcel_back",
    "tell_by_hand",
    "withdraw_problem",
]
