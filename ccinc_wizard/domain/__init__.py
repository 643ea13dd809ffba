"""What is true of an access request, whoever asks and on whatever screen. Pure: no Qt, no files, no clock."""
