"""What ties a case to others: links, what may be told, a fresh receipt, a referral outside, a transfer to another line.

Each flow here touches two cases, and a case is changed in one transaction of its own. So every flow says, in its
module, in which order it writes, and what a later opening finishes when the power went between the two.
What it must never do: change a byte of what the writer of either case can see, unless the flow is about that.
"""
