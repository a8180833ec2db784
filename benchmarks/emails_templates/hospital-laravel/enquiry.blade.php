<p>You have a new enquiry.</p><p>Name: {{ $enquiry->full_name }}</p><p>Purpose: {{ $enquiry->purpose }}</p><p>Message: {{ $enquiry->message }}</p>
