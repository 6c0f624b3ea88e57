"""Speed, side by side: each script measures ours and a yardstick in the same run."""
