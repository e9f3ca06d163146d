"""管家 Guanjia: runs a property company's service plan, clause by clause."""
