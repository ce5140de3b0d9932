"""Benchmark of serving an article, beside a stock Wagtail site."""
