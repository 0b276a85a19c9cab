"""What changes stock, holds, hours and pauses."""

from bekal.production.actions.assigning import (
    assign,
    end_assignment,
    end_assignments,
    set_work_limit,
)
from bekal.production.actions.batches import (
    correct_batch,
    record_batch,
    tell_no_production,
    withdraw_no_production,
)
from bekal.production.actions.costing import write_cost_sheet
from bekal.production.actions.holding import (
    extend_holds,
    hold_stock,
    release_expired,
    release_holds,
    revive_holds,
    take_holds,
)
from bekal.production.actions.keeping import count_stock, record_moves, set_low_mark
from bekal.production.actions.land import (
    end_planting,
    end_plot,
    open_plot,
    plant,
    record_harvest,
    reopen_plot,
    undo_harvest,
)
from bekal.production.actions.materials import (
    count_material,
    end_material,
    open_material,
    use_material,
)
from bekal.production.actions.moving import (
    lock_levels,
    move_back,
    move_ordered,
    move_sold,
    move_stock,
)
from bekal.production.actions.pausing import end_pauses, pause_unit, resume_unit
from bekal.production.actions.promising import promise_work, promise_works, release_work
from bekal.production.actions.purchases import record_purchase, undo_purchase
from bekal.production.actions.quality import (
    add_point,
    check_batch_quality,
    end_point,
    mint_labels,
)
from bekal.production.actions.telling import rebuild_shelves, tell_shelves
from bekal.production.actions.tools import set_trade, tell_tool
from bekal.production.actions.transfers import (
    receive_transfer,
    send_transfer,
    take_back_transfer,
)
from bekal.production.actions.uses import set_batch_materials
from bekal.production.actions.workshops import (
    open_workshop,
    set_capacity,
    set_day,
    set_work,
    stop_work,
)

__all__ = [
    "add_point",
    "assign",
    "check_batch_quality",
    "correct_batch",
    "count_material",
    "count_stock",
    "end_assignment",
    "end_assignments",
    "end_material",
    "end_pauses",
    "end_planting",
    "end_plot",
    "end_point",
    "extend_holds",
    "hold_stock",
    "lock_levels",
    "mint_labels",
    "move_back",
    "move_ordered",
    "move_sold",
    "move_stock",
    "open_material",
    "open_plot",
    "open_workshop",
    "pause_unit",
    "plant",
    "promise_work",
    "promise_works",
    "rebuild_shelves",
    "receive_transfer",
    "record_batch",
    "record_harvest",
    "record_moves",
    "record_purchase",
    "release_expired",
    "release_holds",
    "release_work",
    "reopen_plot",
    "resume_unit",
    "revive_holds",
    "send_transfer",
    "set_batch_materials",
    "set_capacity",
    "set_day",
    "set_low_mark",
    "set_trade",
    "set_work",
    "set_work_limit",
    "stop_work",
    "take_back_transfer",
    "take_holds",
    "tell_no_production",
    "tell_shelves",
    "tell_tool",
    "undo_harvest",
    "undo_purchase",
    "use_material",
    "withdraw_no_production",
    "write_cost_sheet",
]
