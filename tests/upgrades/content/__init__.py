"""Content of a kept site: a part of the demo, and something of everything else."""
