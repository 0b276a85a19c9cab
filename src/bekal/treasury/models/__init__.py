"""The papers by which a unit's money moves on."""

from bekal.treasury.models.cash import CashCount as CashCount
from bekal.treasury.models.checks import CheckOutcome as CheckOutcome
from bekal.treasury.models.checks import CheckRun as CheckRun
from bekal.treasury.models.closing import MonthPaper as MonthPaper
from bekal.treasury.models.pnbp import Deposit as Deposit
from bekal.treasury.models.pnbp import DepositCall as DepositCall
from bekal.treasury.models.pnbp import DepositPayment as DepositPayment
from bekal.treasury.models.pnbp import DepositProof as DepositProof
from bekal.treasury.models.pnbp import SetOff as SetOff
from bekal.treasury.models.pnbp_targets import Target as Target
from bekal.treasury.models.pnbp_tying import TreasuryFile as TreasuryFile
from bekal.treasury.models.pnbp_tying import TreasuryRow as TreasuryRow
from bekal.treasury.models.premi import AllocatedLine as AllocatedLine
from bekal.treasury.models.premi import AllocatedPart as AllocatedPart
from bekal.treasury.models.premi import Allocation as Allocation
from bekal.treasury.models.premi import PremiAgreement as PremiAgreement
from bekal.treasury.models.premi import PremiEarning as PremiEarning
from bekal.treasury.models.premi import SavingRule as SavingRule
from bekal.treasury.models.premi_runs import PaymentColumns as PaymentColumns
from bekal.treasury.models.premi_runs import PremiRun as PremiRun
from bekal.treasury.models.premi_runs import PremiRunLine as PremiRunLine
from bekal.treasury.models.premi_runs import SavingsPayment as SavingsPayment
from bekal.treasury.models.samples import Finding as Finding
from bekal.treasury.models.samples import Sample as Sample
from bekal.treasury.models.samples import SampleItem as SampleItem
