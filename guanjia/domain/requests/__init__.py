"""What somebody asks for: repair, complaint, enquiry, suggestion, help, praise, service wish."""
