"""What people wrote in their own words, and what the consultant wrote."""

from __future__ import annotations

import pandas as pd

from tests.support.demo.basics import register, rng

COMMENTS = """
group | function | topic | text
employee | service | hand-offs | The order says installed, the customer says two boxes are missing. I ring three depots.
employee | service | hand-offs | We learn of a second delivery from the customer.
employee | service | hand-offs | A visit is booked before the parts are there.
employee | operations | hand-offs | The form arrives without the promise that was made.
employee | operations | hand-offs | Our part is fine. What sales writes on the order is not.
employee | operations | hand-offs | Half the calls from service are about things we closed weeks ago.
employee | finance | hand-offs | We correct invoices all day because the delivery was split.
employee | sales | hand-offs | Nobody tells me when my customer's visit slips.
employee | service | hand-offs | The new hand-over form helped us in October.
manager | service | hand-offs | Each function is on target and the customer waits for the third visit.
manager | operations | hand-offs | With two depots fewer we ship from where the parts are, not from where the customer is.
employee | product | hand-offs | We hear of faults when the returns come in.
employee | service | measures | After seven minutes my screen goes red, so I promise a call back.
employee | service | measures | I am paid for short calls and told to solve things. I choose short.
employee | service | measures | If I refund at once I break a rule. If I do not, I break a promise.
employee | operations | measures | My bonus is logistics cost. A second truck is not on my line, the call about it is not either.
employee | sales | measures | A contract counts the day it is signed. What I wrote into it counts for somebody else.
employee | sales | measures | Renewals are a tenth of my bonus, so I call new names.
manager | sales | measures | We would sell less and keep more if we were paid for it.
manager | finance | measures | Credit notes are a target. Nobody asks why they were needed.
employee | product | measures | Launch on the date, mend it afterwards.
employee | marketing | measures | We count leads. Whether they fit is not ours.
manager | operations | measures | I asked for one measure with service. It went to a working group.
employee | finance | measures | Departments save in my report and spend in the next one.
employee | service | pace | Since the layoffs every Monday starts with Friday's calls.
employee | service | pace | Nine colleagues fewer, the same calls, more of them twice.
employee | operations | pace | Two jobs a day became three. The third one we do not finish.
employee | operations | pace | Overtime is written down in full only since February.
employee | operations | pace | I like the work and cannot keep this up to sixty.
manager | operations | pace | Every quarter something new is put on top and nothing is taken away.
employee | product | pace | Three priorities in four months.
employee | service | pace | We stopped the chat before anybody asked the customers.
employee | sales | pace | Fine, mostly.
employee | marketing | pace | The relaunch takes all evenings.
employee | operations | that won't work here | Refunds without a second signature? Somebody will abuse it.
employee | operations | that won't work here | A joint measure means we pay for what service does.
manager | finance | that won't work here | Customers in design teams will ask for everything at no cost.
manager | sales | that won't work here | Turning down a developer in this market is not possible.
employee | product | that won't work here | Customers do not know what they will need in three years.
manager | marketing | that won't work here | If operations must release every claim there will be no campaign.
employee | finance | that won't work here | Cost to serve cannot be known for each customer.
employee | service | that won't work here | Sales will not write promises down where we can read them.
employee | sales | that won't work here | Account owners without people are a title.
manager | service | that won't work here | We tried root causes twice; nobody outside service came.
employee | operations | that won't work here | Installers will not share their plan with us.
employee | marketing | purpose | I joined because of warm homes, and I write about awards.
employee | sales | purpose | Three posters with three missions on my way to the canteen.
employee | product | purpose | The next heat pump uses less energy. That is a reason to get up.
customer | | promises | Warm within 48 hours, the advertisement said. It was nine days in January.
customer | | promises | What the salesman promised stood in no paper.
customer | | promises | The price was as quoted. The second visit was charged.
customer | | promises | Your technician was kind and had the wrong part.
customer | | promises | The date was moved twice, the last time by text message.
customer | | promises | They do what they say since we have a fixed contact.
customer | | promises | A discount was promised for the wait. I am still waiting for it.
customer | | promises | You promised a tidy house. It was.
customer | | promises | It worked the first time. I tell my neighbours.
customer | | promises | I was told that somebody would call. Nobody did.
customer | | promises | The portal shows a visit that has been cancelled.
customer | | promises | Ask before you promise for others.
customer | | hand-offs | I told the same story to four people.
customer | | hand-offs | Three deliveries, three invoices, one boiler.
customer | | hand-offs | Sales says service, service says the warehouse.
customer | | hand-offs | One visit would have been enough with the right parts.
customer | | hand-offs | The bill came before the heating worked.
customer | | deciding | The lady on the phone knew what to do and was not allowed to.
customer | | deciding | Two signatures for forty euros.
customer | | deciding | We were asked about the new pump in a workshop. Good.
customer | | deciding | Our tenants were never asked about the time slots.
partner | | planning | Forecasts come on Friday for Monday.
partner | | planning | The joint forecast in autumn was the first that held.
partner | | planning | We are told the date, never the reason.
"""

NOTES = """# Notes of the consultant

## level.distance

In the interviews the managing director read the chosen level 4 as a wish for 2029, not as a plan for next year. We
suggest that the board says so before it is told to the functions: the market asks for half a level less, and the
functions are more than a level apart in what they can do today.
"""


def comments(respondents: pd.DataFrame) -> pd.DataFrame:
    """Comments, each given to a different person of the group and function that wrote it."""
    generator = rng("comments")
    rows = register(COMMENTS)
    free = {id: True for id in respondents["respondent"]}
    writers = []
    for row in rows.itertuples():
        fits = (respondents["group"] == row.group) & (respondents["function"] == row.function)
        open_ids = [id for id in respondents.loc[fits, "respondent"] if free[id]]
        writer = open_ids[int(generator.integers(len(open_ids)))]
        free[writer] = False
        writers.append(writer)
    frame = rows.assign(respondent=writers).sort_values("respondent")
    return frame[["respondent", "topic", "text"]].reset_index(drop=True)
