"""Where a reported clause begins, where it ends, and what of it stands around its cue."""
