"""The guide on the case page: what the law gives on this day to the facts of this case.

It asks `leeside.guide` and shows what comes back to whoever may open the case, and to nobody else: no result is stored,
sent or counted. The guide itself never learns whose case it is: it gets ids of facts and of options, and days.
"""
