"""What is compiled: passes over everybody's circle that numpy alone would be slow at.

Each file is one pass. They are imported only where a measure is computed: loading numba costs more than
everything else at start-up. The machine code is cached beside the files, or, where the installation is
read-only, in the user's cache folder (``NUMBA_CACHE_DIR`` changes that).
"""
