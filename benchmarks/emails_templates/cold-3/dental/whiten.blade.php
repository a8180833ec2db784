<p>Hi {{ $name }}, see you on {{ $date }} for your tooth whitening! Avoid coffee for 24 hours afterwards.</p>
