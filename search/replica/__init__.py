"""The replica: an Elasticsearch index that is kept in sync with the entries.

Publishing writes entries and a row of the change log in one transaction and never waits
for the replica. A worker applies the log to the index. The index itself stores its
position in the log: an index restored from last week's backup resumes from there.
"""
