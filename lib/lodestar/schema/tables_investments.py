"""Tables of the roadmap: investments, their effects, money, people and upkeep."""

from __future__ import annotations

from lodestar.schema.columns import (
    Table,
    choice,
    date,
    listing,
    number,
    quarter,
    refers,
    share,
    text,
    whole,
)

__all__ = ["INVESTMENTS"]

PORTFOLIO = Table(
    "investments",
    "Investments",
    "One row an investment that is planned, or was made.",
    (
        text("investment", "The investment's id."),
        text("name", "What it is called."),
        choice("kind", ("operational", "capital"), "Which budget pays it."),
        number("cost", "One-off cost.", unit="currency", low=0),
        number(
            "running_cost_month", "Running cost a month.", unit="currency", low=0, optional=True
        ),
        text("owner", "Who answers for it."),
        choice("choice", ("must", "may", "must-not"), "Whether it is still to be chosen."),
        quarter("earliest", "The first quarter it can start in.", optional=True),
        number("months", "Months of delivery.", unit="months", low=0),
        listing(
            "requires",
            "Investments it cannot do without.",
            reference=("investments",),
            optional=True,
        ),
        listing("excludes", "Investments it rules out.", reference=("investments",), optional=True),
        date("sponsor_until", "Until when its sponsor stays.", optional=True),
        date("realised_on", "When a past investment was done.", optional=True),
    ),
    key=("investment",),
)

EFFECTS = Table(
    "effects",
    "Effects",
    "One row an effect that an investment is expected to have.",
    (
        refers("investment", ("investments",), "The investment."),
        refers(
            "target",
            ("effect_targets",),
            "A capability, a node, `link:source>target` or `incentive:metric`.",
        ),
        refers(
            "function",
            ("functions",),
            "Where; blank for every function it applies to.",
            optional=True,
        ),
        number("change", "Levels; the node's unit; strength; share."),
        number("low", "Low end of the change.", optional=True),
        number("high", "High end of the change.", optional=True),
        number("delay_months", "Months until it starts to show.", unit="months", low=0),
        share("chance", "Chance that it comes."),
        number("observed_change", "What was seen afterwards.", optional=True),
        date("observed_on", "When it was seen.", optional=True),
    ),
    key=("investment", "target", "function"),
)

BUDGETS = Table(
    "budgets",
    "Budgets",
    "One row a quarter and kind of money.",
    (
        quarter("period", "The quarter."),
        choice("kind", ("operational", "capital"), "The kind of money."),
        number("amount", "What may be spent.", unit="currency", low=0),
    ),
    key=("period", "kind"),
)

CAPACITY = Table(
    "capacity",
    "Capacity",
    "One row a function and quarter: people free for change.",
    (
        refers("function", ("functions",), "The function."),
        quarter("period", "The quarter."),
        number("person_months", "Person-months free.", unit="person-months", low=0),
    ),
    key=("function", "period"),
)

LOADS = Table(
    "loads",
    "Loads",
    "One row what an investment asks of a function in a quarter of its own time.",
    (
        refers("investment", ("investments",), "The investment."),
        refers("function", ("functions",), "The function."),
        whole("period_offset", "Quarters after its start, from 0.", unit="quarters"),
        number("person_months", "Person-months needed.", unit="person-months", low=0),
    ),
    key=("investment", "function", "period_offset"),
)

UPKEEP = Table(
    "upkeep",
    "Upkeep",
    "One row what a level of a capability costs a function each year.",
    (
        refers("capability", ("capabilities",), "The capability."),
        refers("function", ("functions",), "The function."),
        number("cost_year_per_level", "Cost a year for each level.", unit="currency", low=0),
    ),
    key=("capability", "function"),
)

INVESTMENTS = (PORTFOLIO, EFFECTS, BUDGETS, CAPACITY, LOADS, UPKEEP)
