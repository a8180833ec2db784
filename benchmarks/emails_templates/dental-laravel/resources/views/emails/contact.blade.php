<p>New message from the site of the practice.</p>
<p>Name: {{ $data['name'] }}</p>
<p>Phone: {{ $data['phone'] }}</p>
<p>Message:</p>
<p>{!! nl2br(e($data['message'])) !!}</p>
