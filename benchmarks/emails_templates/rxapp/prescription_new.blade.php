@component('mail::message')
# New prescription
Hello {{ $user->name }},

Dr. {{ $doctor->name }} issued a new prescription for you.

@component('mail::button', ['url' => $url])
View
@endcomponent
@endcomponent
