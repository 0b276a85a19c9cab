"""What moves a unit's money on."""

from bekal.treasury.actions.pnbp import BILL as BILL
from bekal.treasury.actions.pnbp import PAY as PAY
from bekal.treasury.actions.pnbp import NewDeposit as NewDeposit
from bekal.treasury.actions.pnbp import NewPayment as NewPayment
from bekal.treasury.actions.pnbp import add_proof as add_proof
from bekal.treasury.actions.pnbp import bill_deposit as bill_deposit
from bekal.treasury.actions.pnbp import call_off as call_off
from bekal.treasury.actions.pnbp import pay_deposit as pay_deposit
from bekal.treasury.actions.pnbp import record_paid as record_paid
from bekal.treasury.actions.pnbp_returns import SET_OFF as SET_OFF
from bekal.treasury.actions.pnbp_returns import NewSetOff as NewSetOff
from bekal.treasury.actions.pnbp_returns import lift_all_returns as lift_all_returns
from bekal.treasury.actions.pnbp_returns import lift_returns as lift_returns
from bekal.treasury.actions.pnbp_returns import set_off as set_off
