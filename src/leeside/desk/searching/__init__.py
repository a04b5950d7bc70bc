"""Search over everything that one person may read, by decrypting, in a process that ends with the search.

The files: `query` reads what somebody typed; `matching` compares words and cuts out the line that is shown; `sieve`
looks into bytes and `names` at code names, so that most cases are passed over unread; `scanning` goes through the cases
and runs in the child only; `lanes` keeps the clean processes that children are forked from, and `confinement` takes
away from a child what it does not need; `asking` is the flow; `views` speaks HTTP.

What it must never do: put a word somebody typed, or a word of a case, anywhere but into the answer. Nothing searchable
exists on any disk, and no index in any memory.
"""
