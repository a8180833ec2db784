"""Other descriptions into ours: one file an importer, named on the command line by its stem."""
