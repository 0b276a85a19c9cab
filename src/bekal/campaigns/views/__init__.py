"""The pages of campaigns: the live page for all, declaring for Ditjenpas."""
