"""Members, posts, certificates and deputies: who may what where."""
