"""The replica: an Elasticsearch index that follows the entries.

Publishing writes entries and a line of the change log, in one transaction, and never
waits for the replica. A worker carries the log into the index; what it has carried is
written in the index itself: one that was restored from last week goes on from there.
"""
