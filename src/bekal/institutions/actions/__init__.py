"""What institutions ask for and workshops answer."""

from bekal.institutions.actions.answering import ANSWER, NewAnswer, answer_request
from bekal.institutions.actions.asking import (
    ASK,
    Asked,
    NewRequest,
    ask_workshops,
    withdraw_request,
)
from bekal.institutions.actions.booking import (
    BOOK,
    Booked,
    NewBooking,
    book,
    cancel_booking,
    finish_booking,
    miss_booking,
)
from bekal.institutions.actions.choosing import (
    CHOOSE,
    NewChoice,
    choose_answers,
    foresee_choice,
)
from bekal.institutions.actions.declaring import (
    DECLARE,
    NewPurchases,
    declare_purchases,
)
from bekal.institutions.actions.enquiring import (
    ENQUIRE,
    REPLY,
    NewEnquiry,
    NewReply,
    enquire,
    reply,
)
from bekal.institutions.actions.enquiry_letters import (
    send_enquiry_letters,
)
from bekal.institutions.actions.harvesting import HARVEST, NewHarvest, declare_harvest
from bekal.institutions.actions.letters import send_letters
from bekal.institutions.actions.registering import (
    erase_institutions,
    register,
    send_addresses,
)
from bekal.institutions.actions.reselling import (
    RESELL,
    SET_RESALE,
    Foreseen,
    NewResale,
    NewResaleTerms,
    foresee_resale,
    order_for_resale,
    set_resale_terms,
)
from bekal.institutions.actions.services import (
    NewService,
    close_day,
    open_day,
    set_service,
)
from bekal.institutions.actions.supplying import (
    AGREE,
    DELIVER,
    NewSupply,
    Told,
    agree_supply,
    end_supply,
    tell_delivery,
)

__all__ = [
    "AGREE",
    "ANSWER",
    "ASK",
    "BOOK",
    "CHOOSE",
    "DECLARE",
    "DELIVER",
    "ENQUIRE",
    "HARVEST",
    "REPLY",
    "RESELL",
    "SET_RESALE",
    "Asked",
    "Booked",
    "Foreseen",
    "NewAnswer",
    "NewBooking",
    "NewChoice",
    "NewEnquiry",
    "NewHarvest",
    "NewPurchases",
    "NewReply",
    "NewRequest",
    "NewResale",
    "NewResaleTerms",
    "NewService",
    "NewSupply",
    "Told",
    "agree_supply",
    "answer_request",
    "ask_workshops",
    "book",
    "cancel_booking",
    "choose_answers",
    "close_day",
    "declare_harvest",
    "declare_purchases",
    "end_supply",
    "enquire",
    "erase_institutions",
    "finish_booking",
    "foresee_choice",
    "foresee_resale",
    "miss_booking",
    "open_day",
    "order_for_resale",
    "register",
    "reply",
    "send_addresses",
    "send_enquiry_letters",
    "send_letters",
    "set_resale_terms",
    "set_service",
    "tell_delivery",
    "withdraw_request",
]
